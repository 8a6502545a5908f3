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

  /// The texts of the QR codes that zbarimg reads in pictures, a line each. Bar codes, which it sees in other patterns now and
  /// then, are not looked for.
  ///
  /// - Parameter pictures: Names or a pattern, as the shell reads them.
  package static func qrCodes(in pictures: String, _ folder: URL) throws -> Result {
    try run("sh", "-c", "zbarimg --raw -q -Sdisable -Sqrcode.enable \(pictures)", in: folder)
  }

  /// Python with what tools/python-requirements.txt names: from the environment, else from a virtual environment that is made here.
  package static func python() throws -> String {
    if let python = ProcessInfo.processInfo.environment["LANYARD_TEST_PYTHON"], !python.isEmpty { return python }
    let venv = SampleData.root.appending(path: ".build/tools-venv")
    let python = venv.appending(path: "bin/python").path
    if !FileManager.default.fileExists(atPath: python) {
      _ = try run("python3", "-m", "venv", venv.path, in: SampleData.root)
    }
    let requirements = SampleData.root.appending(path: "tools/python-requirements.txt").path
    let installed = try run(python, "-m", "pip", "install", "-q", "-r", requirements, in: SampleData.root)
    guard installed.status == 0 else { throw CocoaError(.executableLoad) }
    return python
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
