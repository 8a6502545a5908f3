package import Foundation

/// Runs a program that was written elsewhere, to judge what this project makes.
package enum Tool {
  /// What a program said and the status that it ended with.
  package struct Result: Sendable {
    /// The exit status; 0 is success.
    package let status: Int32
    /// Standard output only; what goes to standard error depends on the machine.
    package let output: String
  }

  /// Runs a program of the search path in a folder until it ends, with what is given added to the environment.
  package static func run(
    _ program: String,
    _ arguments: String...,
    in folder: URL,
    environment: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = folder
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
  }
}

/// Hands a new folder to the body and removes it afterwards.
package func withTemporaryFolder<Value>(_ body: (URL) throws -> Value) throws -> Value {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lanyard-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  // It lies among the machine's temporary files.
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}
