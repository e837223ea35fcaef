"""What time does by itself, carried out by SYSTEM through the hooks (行政许可法 32, 50)."""
