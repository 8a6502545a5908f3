"""Runs a command that follows a server on a terminal, ends the server, and makes the window lower then.

  resize.py SERVER WHOLE LOST CUT COMMAND…

SERVER is the process id of the server. WHOLE is on the screen while it runs, LOST once it is gone; CUT only on a low screen.
Nothing comes from the server when the window gets lower, so that nothing else has the screen drawn anew.
"""

import fcntl
import os
import pty
import signal
import struct
import sys
import termios


def resize(terminal, rows, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def read_until(terminal, words):
    seen = b""
    while words.encode() not in seen:
        part = os.read(terminal, 65536)
        if not part:
            raise SystemExit(f"ended without {words!r}: {seen!r}")
        seen += part


def main(server, whole, lost, cut, *command):
    child, terminal = pty.fork()
    if child == 0:
        resize(0, 60, 100)
        os.execv(command[0], command)
    read_until(terminal, whole)
    os.kill(int(server), signal.SIGKILL)
    read_until(terminal, lost)
    resize(terminal, 10, 60)
    read_until(terminal, cut)
    os.kill(child, signal.SIGTERM)
    os.waitpid(child, 0)
    print("ok")


main(*sys.argv[1:])
