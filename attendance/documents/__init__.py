from attendance.documents.sheet import attendance_sheet, leads_text, legend

__all__ = ["attendance_sheet", "leads_text", "legend"]
