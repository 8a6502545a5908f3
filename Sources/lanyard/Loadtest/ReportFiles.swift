import ArgumentParser
import Foundation
import LanyardTexts

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
    for (option, path) in files where path.isEmpty {
      throw ValidationError(option, Sentence(.optionNoFile))
    }
    // What is written to and no file, such as /dev/null, takes both.
    let places = files.map { FilePlace($0.path) }.filter { !$0.isDevice }
    guard Set(places).count == places.count else {
      throw ValidationError(Sentence(.optionSameFile, ["options": .list(files.map(\.option))]))
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
    }
  }

  /// Makes sure that none of them is a file that is read.
  ///
  /// - Parameter inputs: What each is, such as `the scenario`, with its path.
  /// - Throws: `CommandFailure`, which names the option.
  func check(against inputs: [(what: String, path: String)]) throws {
    for (option, path) in files {
      let place = FilePlace(path)
      guard let input = inputs.first(where: { FilePlace($0.path) == place }), !place.isDevice else { continue }
      throw CommandFailure.usage("lanyard: \(option) \(path) is \(input.what), which would be lost; name another file")
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
