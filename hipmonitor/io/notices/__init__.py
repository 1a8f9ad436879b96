"""Notifications of the desktop, with buttons that answer; and whether the desktop asks not to disturb."""

from hipmonitor.io.notices.desktop import DesktopNotices, Notice, NoticeAnswer
from hipmonitor.io.notices.do_not_disturb import do_not_disturb

__all__ = ["DesktopNotices", "Notice", "NoticeAnswer", "do_not_disturb"]
