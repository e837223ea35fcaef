"""What the command line says, in the language of the installation."""

import json
import os
from collections.abc import Mapping

import click

# Code → the line in each language, so that a missing translation is seen at once.
Words = Mapping[str, Mapping[str, str]]

WORDS: Words = {
    "demo-is-at": {
        "zh": "演示：{url}（账号与口令如下）",
        "en": "The demonstration is at {url}; its accounts and passwords:",
    },
    "demo-is-local": {
        "zh": "演示只在本机回环地址上提供，不能用 {host}",
        "en": "the demonstration is served on a loopback address only, not on {host}",
    },
    "not-a-demo": {
        "zh": "这个数据库属于正式安装，演示不会动它",
        "en": "this database belongs to a real installation; the demonstration leaves it alone",
    },
    "no-database": {
        "zh": "还没有数据库：请先运行 onewindow demo 或 onewindow init",
        "en": "there is no database yet: run demo or init (onewindow demo, onewindow init)",
    },
    "old-database": {
        "zh": "数据库的结构较旧：请先运行 onewindow upgrade",
        "en": "the database is of an older release: run onewindow upgrade",
    },
    "database-fails": {
        "zh": "打不开数据库：{reason}",
        "en": "the database does not open: {reason}",
    },
    "made-accounts": {
        "zh": "已建立最初的两个账号。口令只显示这一次，请妥善保管：",
        "en": "The first two accounts were made. Their passwords are shown this once:",
    },
    "two-persons": {
        "zh": "系统管理员与权限管理员须是两个不同的账号",
        "en": "the system and the security administrator are two different accounts",
    },
    "no-account": {"zh": "没有账号“{name}”", "en": "there is no account {name}"},
    "has-accounts": {
        "zh": "已有账号，没有新建",
        "en": "There are accounts already; none was made.",
    },
    "is-upgraded": {
        "zh": "数据库已是最新结构（{revision}）",
        "en": "The database is at {revision}.",
    },
    "serving": {"zh": "正在 {url} 提供服务", "en": "Serving at {url}"},
    "audit-ok": {
        "zh": "留痕完整：{entries} 条，哈希链无断裂",
        "en": "The audit log is whole: {entries} entries, no break in the chain",
    },
    "audit-broken": {
        "zh": "留痕在第 {first_bad} 条断裂",
        "en": "The audit log is broken at entry {first_bad}",
    },
    "check-ok": {"zh": "正常", "en": "ok"},
    "check-failed": {"zh": "异常", "en": "FAILED"},
}


def language() -> str:
    """The language of the installation's settings: Chinese unless it says English."""
    return "en" if os.environ.get("ONEWINDOW_LOCALE", "").lower().startswith("en") else "zh"


def speak(lines: Words, code: str, **facts: object) -> str:
    """The line ``code`` of a command's own ``lines``, in the language of the installation."""
    return lines[code][language()].format(**facts)


def say(code: str, **facts: object) -> str:
    """The words of ``code`` among those that several commands share."""
    return speak(WORDS, code, **facts)


def print_json(**answer: object) -> None:
    """Print the one JSON object that a script waits for."""
    click.echo(json.dumps(answer))
