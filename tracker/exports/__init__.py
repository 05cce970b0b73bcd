"""Files taken out of the register: any kind, the whole workbook, empty templates."""
