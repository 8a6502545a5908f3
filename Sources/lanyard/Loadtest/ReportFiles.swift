import ArgumentParser
import Foundation
import LanyardLoad
import LanyardTexts

/// Files that a load test writes its report into when it has ended.
struct ReportFiles {
  /// Path and content of each, with the option that named it; nil paths are left out.
  private let files: [(option: String, path: String)]
  /// What is read, with the option that named it.
  private let inputs: [(option: String, path: String)]

  init(_ files: [(option: String, path: String?)], inputs: [(option: String, path: String?)] = []) {
    func named(_ files: [(option: String, path: String?)]) -> [(option: String, path: String)] {
      files.compactMap { option, path in path.map { (option, $0) } }
    }
    (self.files, self.inputs) = (named(files), named(inputs))
  }

  /// Makes sure beforehand that they can be written, since a run may take hours, and that nothing is lost by it but an older report.
  ///
  /// - Throws: `ValidationError`, which names the option.
  func check() throws {
    for (option, path) in files where path.isEmpty {
      throw ValidationError(option, Sentence(.optionNoFile))
    }
    // What is written to and no file, such as /dev/null, takes both.
    var places: [FilePlace: String] = [:]
    for (option, path) in files + inputs where !FilePlace(path).isDevice {
      if let other = places.updateValue(option, forKey: FilePlace(path)) {
        throw ValidationError(Sentence(.optionSameFile, ["options": .list([other, option])]))
      }
    }
    for (option, path) in files {
      var isFolder: ObjCBool = false
      let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      guard !isFolder.boolValue else {
        throw ValidationError(Sentence(.optionIsFolder, ["option": .text("\(option) \(path)")]))
      }
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      let facts: [String: Sentence.Fact] = ["option": .text("\(option) \(path)"), "folder": .text(folder)]
      guard FileManager.default.fileExists(atPath: folder) else {
        throw ValidationError(Sentence(.optionFolderMissing, facts))
      }
      // What is there and no file, such as /dev/null, is written into and not replaced.
      guard access(folder, W_OK) == 0 || isThere && access(path, W_OK) == 0 else {
        throw ValidationError(Sentence(.optionFolderClosed, facts))
      }
      try FilePlace.refuseDataFolder(option, path)
      guard !isThere || FilePlace(path).isDevice || WrittenReport.isOneOrEmpty(path) else {
        throw ValidationError(Sentence(.optionNotReport, ["option": .text("\(option) \(path)")]))
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
