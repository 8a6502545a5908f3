"""A mail server on loopback that prints a line of JSON for each message that it took, and first its port. By the name of an
address it behaves badly: grey… is refused for a time once, refuse… for good, cut… takes the message and hangs up without an
answer once, spam… is refused after the message, busy… closes the line for all once, hang… gets no answer where that is asked
for."""

import asyncio
import base64
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

options = json.loads(sys.argv[1])
seen = set()


def once(address):
    if address in seen:
        return False
    seen.add(address)
    return True


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("refuse"):
            return f"550 5.1.1 <{address}> is nobody here"
        if address.startswith("grey") and once(address):
            return "451 4.7.1 Greylisted, come back later"
        if address.startswith("busy") and once(address):
            return "421 4.3.2 Closing"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        if address.startswith("spam"):
            return "554 5.7.1 Not wanted"
        line = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "content": base64.b64encode(envelope.content).decode(),
            "tls": server.transport.get_extra_info("sslcontext") is not None,
            "user": (session.auth_data.login.decode() if session.authenticated else ""),
        }
        print(json.dumps(line), flush=True)
        if address.startswith("cut") and once(address):
            server.transport.abort()
        if address.startswith("hang") and options["hangs"]:
            await asyncio.sleep(3600)
        return "250 2.0.0 OK"


def authenticate(server, session, envelope, mechanism, data):
    ok = data.login.decode() == options["user"] and data.password.decode() == options["password"]
    return AuthResult(success=ok, handled=False, auth_data=data if ok else None)


context = None
if options.get("certificate"):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options["certificate"], options["key"])


def protocol():
    more = {}
    if context is not None and not options.get("implicit"):
        more["tls_context"] = context
        more["require_starttls"] = True
    if options.get("user"):
        more["auth_required"] = True
        more["authenticator"] = authenticate
        more["auth_require_tls"] = not options.get("implicit")
    return SMTP(Handler(), enable_SMTPUTF8=True, hostname="mail.example.org", **more)


async def main():
    implicit = context if options.get("implicit") else None
    server = await asyncio.get_running_loop().create_server(
        protocol, options.get("host", "127.0.0.1"), options.get("port", 0), ssl=implicit
    )
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    # It ends with who started it.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
