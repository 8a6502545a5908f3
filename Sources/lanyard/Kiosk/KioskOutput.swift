import Foundation
import LanyardDomain
import LanyardTexts

/// Where a kiosk's badges come out.
enum KioskOutput: Sendable {
  /// A printer of CUPS.
  case printer(String)
  /// The path of a folder.
  case folder(String)

  /// Why a badge did not come out.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Why a badge did not come out, as the operator is told.
  static func told(_ error: any Error) -> Sentence {
    if let failure = error as? Failure { return .told(failure.description) }
    return .unexpected(error)
  }

  /// A folder that is there.
  static func folder(of path: String) throws -> KioskOutput {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      throw CommandFailure.usage(Sentence(.doneNotWritten, ["file": .text(path)]))
    }
    return .folder(path)
  }

  /// Prints a PDF file.
  ///
  /// - Parameter badge: Resource name of the badge.
  /// - Throws: `Failure`, or why the file cannot be written.
  func take(_ content: Data, named badge: String) throws {
    let name = "badge-\(try ResourceName.badge(badge, field: "badge").serial)"
    switch self {
    case .folder(let path):
      let file = try PartialFile("\(path)/\(name).pdf")
      try file.write(content)
      try file.finish()
    case .printer(let printer): try Self.print(content, named: name, on: printer)
    }
  }

  private static func print(_ content: Data, named name: String, on printer: String) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pdf")
    guard FileManager.default.createFile(atPath: file.path, contents: content, attributes: [.posixPermissions: 0o600])
    else { throw Failure(description: file.path) }
    // lp has copied it when it ends.
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["lp", "-d", printer, "-t", name, "--", file.path]
    let output = Pipe()
    (process.standardInput, process.standardOutput, process.standardError) = (FileHandle.nullDevice, output, output)
    try process.run()
    let said = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: said.trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }
}
