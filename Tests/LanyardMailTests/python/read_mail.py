"""Reads a message from standard input as Python's email package does, and prints as JSON what stands in it; calendars are
read by icalendar."""

import email
import email.policy
import json
import sys
from datetime import timezone

import icalendar

message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.SMTP)


def part(piece):
    found = {"type": piece.get_content_type(), "filename": piece.get_filename(), "parameters": dict(piece.get_params() or [])}
    if piece.get_content_maintype() == "text":
        found["text"] = piece.get_content().replace("\r\n", "\n")
    if piece.get_content_type() == "text/calendar":
        calendar = icalendar.Calendar.from_ical(piece.get_payload(decode=True))
        found["method"] = str(calendar["METHOD"])
        found["zones"] = [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")]
        found["offsets"] = [
            [str(sub["TZOFFSETFROM"].to_ical().decode()), str(sub["TZOFFSETTO"].to_ical().decode())]
            for zone in calendar.walk("VTIMEZONE")
            for sub in zone.subcomponents
        ]
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
    header = message[name]
    return [[a.display_name, a.addr_spec] for a in header.addresses] if header else []


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
