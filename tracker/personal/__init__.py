"""What the register holds of one person: told, and erased (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15)."""
