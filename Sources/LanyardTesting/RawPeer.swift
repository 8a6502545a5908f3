import Foundation
package import LanyardDomain
import LanyardLoad

/// Connections that finish their TLS handshake, and then answer nothing and acknowledge nothing, as those of a process that
/// is frozen, or only make calls. They are a program's of their own, in Python, that ends with its object.
package final class RawPeer: Sendable {
  private let process: Process
  private let input: FileHandle
  private let output: LineSource

  /// Opens connections.
  ///
  /// - Parameters:
  ///   - token: With one, each opens the stream of a lane at `checkpoint`, and is known by it.
  ///   - isRepeating: Whether it does that anew every half a second, with a token that is no good, and ends each call.
  /// - Throws: What the program says where it cannot connect.
  package init(
    _ count: Int,
    to address: Endpoint,
    authority: String,
    token: String? = nil,
    checkpoint: String = "",
    isRepeating: Bool = false
  ) throws {
    process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c", Self.script, "\(address)", authority, "\(count)", token ?? "", checkpoint,
      isRepeating ? "repeating" : "",
    ]
    let (stdin, stdout) = (Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    try process.run()
    input = stdin.fileHandleForWriting
    output = LineSource(stdout.fileHandleForReading)
    guard output.next() == Data("ready".utf8) else { throw NotConnected() }
  }

  /// Thrown where the connections cannot be made; standard error says why.
  package struct NotConnected: Error {}

  deinit { end() }

  /// Waits until the server has closed one more of them; false where the program has ended.
  package func waitForClosed() -> Bool { output.next() == Data("closed".utf8) }

  /// Ends the program and with it the connections.
  package func end() { process.terminate() }

  private static let script = """
    import select, socket, ssl, struct, sys
    address, authority, count, token, checkpoint, repeating = sys.argv[1:7]
    host, port = address.rsplit(":", 1)
    context = ssl.create_default_context(cafile=authority)
    context.set_alpn_protocols(["h2"])

    def frame(kind, flags, stream, payload=b""):
        return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload

    def text(value):
        size = len(value)
        return (bytes([size]) if size < 127 else bytes([127, (size - 127) % 128 + (128 if size > 254 else 0)])
                + (bytes([(size - 127) // 128]) if size > 254 else b"")) + value.encode()

    def call(stream):
        headers = [(":method", "POST"), (":scheme", "https"), (":authority", host),
                   (":path", "/lanyard.v1.CheckInService/StreamCheckIns"), ("content-type", "application/grpc"),
                   ("te", "trailers"), ("authorization", "Bearer " + token)]
        name = checkpoint.encode()
        message = bytes([10, len(name)]) + name
        return (frame(1, 4, stream, b"".join(b"\\0" + text(key) + text(value) for key, value in headers))
                + frame(0, 1 if repeating else 0, stream, b"\\0" + struct.pack(">I", len(message)) + message))

    def exactly(connection, size):
        bytes = b""
        while len(bytes) < size:
            part = connection.recv(size - len(bytes))
            if not part:
                sys.exit("the server closed the connection")
            bytes += part
        return bytes

    connections = []
    for _ in range(int(count)):
        connection = context.wrap_socket(socket.create_connection((host, int(port))), server_hostname=host)
        connection.sendall(b"PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n" + frame(4, 0, 0) + (call(1) if token else b""))
        kind = None
        while kind != (1 if repeating else 0 if token else 4):
            header = exactly(connection, 9)
            kind = header[3]
            exactly(connection, int.from_bytes(header[:3], "big"))
        connections.append(connection)
    print("ready", flush=True)
    stream = 1
    while connections:
        ready = select.select(connections, [], [], 0.5 if repeating else None)[0]
        if not ready:
            stream += 2
            for connection in connections:
                try:
                    connection.sendall(call(stream))
                except OSError:
                    pass
        for connection in ready:
            try:
                open = connection.recv(4096) != b""
            except OSError:
                open = False
            if not open:
                connections.remove(connection)
                print("closed", flush=True)
    """
}
