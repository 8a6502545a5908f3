"""Reads a message from standard input as Python's email package does, and prints as JSON what stands in it; calendars are
read by icalendar."""

import email
import email.header
import email.policy
import email.utils
import json
import sys
from datetime import timezone

import icalendar

content = sys.stdin.buffer.read()
message = email.message_from_bytes(content, policy=email.policy.SMTP)
plain = email.message_from_bytes(content)


def part(piece):
    found = {"type": piece.get_content_type(), "filename": piece.get_filename(), "parameters": dict(piece.get_params() or [])}
    if piece.get_content_maintype() == "text":
        found["text"] = piece.get_content().replace("\r\n", "\n")
    if piece.get_content_type() == "text/calendar":
        calendar = icalendar.Calendar.from_ical(piece.get_payload(decode=True))
        found["method"] = str(calendar["METHOD"])
        found["offsets"] = {
            str(zone["TZID"]): [
                [str(sub[name].to_ical()) for name in ("TZOFFSETFROM", "TZOFFSETTO")] for sub in zone.subcomponents
            ]
            for zone in calendar.walk("VTIMEZONE")
        }
        # The zone as the calendar itself says it is, not as this machine knows it.
        own = {str(zone["TZID"]): zone.to_tz(lookup_tzid=False) for zone in calendar.walk("VTIMEZONE")}
        found["events"] = []
        for event in calendar.walk("VEVENT"):
            entry = {"uid": str(event["UID"]), "summary": str(event["SUMMARY"]), "location": str(event.get("LOCATION", ""))}
            for name in ("DTSTART", "DTEND"):
                moment = event[name].dt
                zone = event[name].params.get("TZID")
                if zone in own:
                    moment = moment.replace(tzinfo=own[zone])
                entry[name] = moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
            found["events"].append(entry)
    if piece.get_content_maintype() == "image":
        found["size"] = len(piece.get_payload(decode=True))
    return found


def addresses(name):
    # The newer parser of Python 3.11 puts a space between encoded words (gh-128110), which RFC 2047 does not.
    found = email.utils.getaddresses([plain[name] or ""])
    return [[str(email.header.make_header(email.header.decode_header(said))), address] for said, address in found if address]


print(
    json.dumps(
        {
            "names": list(message.keys()),
            "subject": message["Subject"],
            "from": addresses("From"),
            "to": addresses("To"),
            "reply_to": addresses("Reply-To"),
            "message_id": message["Message-ID"],
            "date": message["Date"].datetime.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "auto": message["Auto-Submitted"],
            "language": message["Content-Language"],
            "defects": [type(d).__name__ for p in message.walk() for d in p.defects],
            "parts": [part(p) for p in message.walk() if not p.is_multipart()],
        },
        ensure_ascii=False,
    )
)
