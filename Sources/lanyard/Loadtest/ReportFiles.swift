import ArgumentParser
import Foundation

/// Files that a load test writes its report into when it has ended.
struct ReportFiles {
  /// Path and content of each, with the option that named it; nil paths are left out.
  private let files: [(option: String, path: String)]

  init(_ files: [(option: String, path: String?)]) {
    self.files = files.compactMap { option, path in path.map { (option, $0) } }
  }

  /// Makes sure beforehand that they can be written, since a run may take hours.
  ///
  /// - Throws: `ValidationError`, which names the option.
  func check() throws {
    let places = files.map { URL(fileURLWithPath: $0.path).resolvingSymlinksInPath() }
    guard Set(places).count == places.count else {
      throw ValidationError("\(files.map(\.option).joined(separator: " and ")) name the same file; name two")
    }
    for (option, path) in files {
      var isFolder: ObjCBool = false
      let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      guard !isFolder.boolValue else {
        throw ValidationError("\(option) \(path) is a folder; write the name of a file in it")
      }
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      guard FileManager.default.fileExists(atPath: folder) else {
        throw ValidationError("\(option) \(path): there is no folder \(folder); make it first, or name another")
      }
      // What is there and no file, such as /dev/null, is written into and not replaced.
      guard access(folder, W_OK) == 0 || isThere && access(path, W_OK) == 0 else {
        throw ValidationError("\(option) \(path): you may not write into \(folder); name another folder")
      }
    }
  }

  /// Writes each; the first that could not be written is told once all were tried.
  ///
  /// - Parameter content: Of the file that an option named.
  func write(_ content: (String) throws -> String) -> Result<Void, any Error> {
    var result = Result<Void, any Error>.success(())
    for (option, path) in files {
      do {
        try DataFolder.write(content(option), to: path, mode: 0o644)
      } catch {
        if case .success = result { result = .failure(error) }
      }
    }
    return result
  }
}
