import Foundation

/// A PostgreSQL 15 of its own in a new folder, which listens on a socket there and on no network.
package struct PostgreSQL: Sendable {
  private static let programs = "/usr/lib/postgresql/15/bin"
  /// It refuses to run as root; Debian's package brings a user for it.
  private static let user = geteuid() == 0 ? ["runuser", "-u", "postgres", "--"] : []

  private let folder: URL

  /// Why it could not be started; the server's own words.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// Runs a server while the body runs.
  package static func run<Value>(_ body: (PostgreSQL) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lanyard-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let server = PostgreSQL(folder: folder)
    if geteuid() == 0 { try server.require(["chown", "postgres", folder.path]) }
    try server.require(
      user + ["\(programs)/initdb", "--pgdata", "\(folder.path)/data", "--username", "lanyard"]
        + ["--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"]
    )
    let control = user + ["\(programs)/pg_ctl", "--pgdata", "\(folder.path)/data"]
    let options = "-c listen_addresses='' -c unix_socket_directories='\(folder.path)' -c fsync=off"
    try server.require(control + ["start", "--wait", "--log", "\(folder.path)/log", "--options", options])
    defer { try? server.require(control + ["stop", "--wait", "--mode", "immediate"]) }
    return try body(server)
  }

  /// Runs a script; what it says goes line by line, its errors among it. It goes on after an error.
  package func psql(_ script: String) throws -> String {
    let file = folder.appending(path: "script.sql")
    try script.write(to: file, atomically: true, encoding: .utf8)
    return try start(
      [
        "\(Self.programs)/psql", "--host", folder.path, "--username", "lanyard", "--no-psqlrc", "--quiet",
        "--tuples-only",
      ]
        + ["--file", file.path, "postgres"]
    ).output
  }

  private func require(_ command: [String]) throws {
    let (status, output) = try start(command)
    guard status == 0 else { throw Failure(description: "\(command.joined(separator: " ")): \(output)") }
  }

  private func start(_ command: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = URL(filePath: "/")
    // A file, since a server that goes on would keep a pipe open.
    let said = folder.appending(path: "said-\(UUID().uuidString)")
    _ = FileManager.default.createFile(atPath: said.path, contents: nil)
    let handle = try FileHandle(forWritingTo: said)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    process.waitUntilExit()
    try handle.close()
    return (process.terminationStatus, String(decoding: try Data(contentsOf: said), as: UTF8.self))
  }
}
