"""A report as a Word document in the layout of Nghị định 30/2020/NĐ-CP, or of the office's own template."""
