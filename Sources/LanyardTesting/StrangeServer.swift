package import Foundation
import Glibc
package import LanyardDomain
import LanyardLoad

/// What may stand between a lane and its server and answer in its place, as a captive portal, a proxy or a firewall does:
/// nginx, which this project did not write.
package final class StrangeServer: Sendable {
  /// One answer to whatever is asked.
  package struct Answer: Sendable, CustomStringConvertible {
    package let status: Int
    /// Empty sends none.
    package let contentType: String
    /// Whether it speaks HTTP/2; else HTTP/1.1.
    package let speaksHTTP2: Bool

    package init(_ status: Int, _ contentType: String = "text/html", speaksHTTP2: Bool = true) {
      self.status = status
      self.contentType = contentType
      self.speaksHTTP2 = speaksHTTP2
    }

    package var description: String { "\(status) \(contentType) over HTTP/\(speaksHTTP2 ? "2" : "1.1")" }

    fileprivate func block(port: Int, in folder: URL) -> String {
      """
      server {
        listen 127.0.0.1:\(port) ssl\(speaksHTTP2 ? " http2" : "");
        ssl_certificate \(folder.path)/server.pem;
        ssl_certificate_key \(folder.path)/server.key;
        default_type "\(contentType)";
        location / { return \(status)\(status == 204 ? "" : " '<html>Please log in.</html>'"); }
      }
      """
    }
  }

  /// nginx did not start; its log.
  package struct NotReady: Error {
    package let log: String
  }

  /// Where each answer is given.
  package let addresses: [Endpoint]
  private let process = Process()

  /// Starts it with the certificate `server.pem` of a folder.
  package init(_ answers: [Answer], in folder: URL) throws {
    let ports = try Self.freePorts(answers.count)
    addresses = ports.map { .loopback(port: Int($0)) }
    let home = folder.appending(path: "nginx")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(home.path)/\($0);" }
    let blocks = zip(answers, ports).map { $0.block(port: $1, in: folder) }
    let configuration = """
      daemon off; master_process off; pid \(home.path)/pid; error_log \(home.path)/log;
      events {}
      http { access_log off; \(temporary.joined(separator: " "))
      \(blocks.joined(separator: "\n"))
      }
      """
    let file = home.appending(path: "nginx.conf")
    try Data(configuration.utf8).write(to: file)
    process.executableURL = URL(filePath: "/usr/sbin/nginx")
    process.arguments = ["-p", home.path, "-c", file.path, "-e", "\(home.path)/log"]
    process.standardError = FileHandle.nullDevice
    try process.run()
    // nginx writes it when it listens.
    while !FileManager.default.fileExists(atPath: "\(home.path)/pid") {
      guard process.isRunning else {
        throw NotReady(log: try String(contentsOf: home.appending(path: "log"), encoding: .utf8))
      }
      Thread.sleep(forTimeInterval: 0.01)
    }
  }

  /// Ports on which nobody listens.
  private static func freePorts(_ count: Int) throws -> [Int] {
    // All are held until the last is found, so that they differ.
    let listeners = try (0..<count).map { _ in try LoopbackSocket.listening() }
    return try listeners.map { Int(try $0.port()) }
  }

  /// Ends it at once: it inherits that signals are held back where a test starts it, and would not hear of another.
  package func stop() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
