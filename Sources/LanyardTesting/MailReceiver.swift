package import Foundation

/// A mail server on loopback, written elsewhere (aiosmtpd), which also fails on purpose: see `mail_server.py`.
package final class MailReceiver: Sendable {
  /// A message that it took.
  package struct Received: Decodable, Sendable {
    package let from: String
    package let to: [String]
    /// The message as it came.
    package let content: Data
    package let tls: Bool
    /// Who signed in; empty where nobody did.
    package let user: String
  }

  package struct Options: Encodable, Sendable {
    package var host = "127.0.0.1"
    /// 0 takes a free one.
    package var port = 0
    /// PEM files; without them nothing is encrypted.
    package var certificate: String?
    package var key: String?
    /// Whether the line is encrypted from its first byte.
    package var implicit = false
    /// Whether mails to hang… are kept waiting for an answer.
    package var hangs = true
    package var user: String?
    package var password: String?

    package init() {}
  }

  private struct Ready: Decodable {
    let port: Int
  }

  private let process: Process
  private let input = Pipe()
  package let port: Int
  /// What it takes, in its order.
  package let received: AsyncStream<Received>

  package init(_ options: Options = Options()) async throws {
    let script = SampleData.root.appending(path: "Tests/LanyardMailTests/python/mail_server.py").path
    process = Process()
    process.executableURL = URL(filePath: try Tool.python())
    process.arguments = [script, String(decoding: try JSONEncoder().encode(options), as: UTF8.self)]
    let output = Pipe()
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    let (ready, isReady) = AsyncStream.makeStream(of: Int.self)
    let (received, message) = AsyncStream.makeStream(of: Received.self)
    self.received = received
    let reader = Thread {
      var rest = Data()
      while case let part = output.fileHandleForReading.availableData, !part.isEmpty {
        rest += part
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          let line = Data(rest[rest.startIndex..<end])
          rest = Data(rest[rest.index(after: end)...])
          // What a line is not, the other is.
          if let ready = try? JSONDecoder().decode(Ready.self, from: line) {
            isReady.yield(ready.port)
          } else if let found = try? JSONDecoder().decode(Received.self, from: line) {
            message.yield(found)
          }
        }
      }
      isReady.finish()
      message.finish()
    }
    reader.start()
    var ports = ready.makeAsyncIterator()
    guard let port = await ports.next() else { throw CocoaError(.executableLoad) }
    self.port = port
  }

  /// Ends it.
  package func stop() {
    // Who has gone already needs no word.
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
