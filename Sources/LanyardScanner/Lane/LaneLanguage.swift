import Foundation
package import LanyardDomain
import LanyardTexts

/// The language of a lane's operators: chosen once, kept in the folder of the device.
package struct LaneLanguage {
  /// The most bytes of the file that are read.
  private static let limit = 100

  /// The folder of the device, or of the lanes without one.
  private let folder: String

  package init(folder: String) {
    self.folder = folder
  }

  private var file: URL { URL(fileURLWithPath: folder, isDirectory: true).appendingPathComponent("language") }

  /// The language to use: the one chosen now, which is kept, else the one kept before, else the system's, else English.
  ///
  /// - Throws: `DeviceFault` where the choice cannot be kept.
  package func settle(on chosen: Language?) throws -> Language {
    guard let chosen else { return known() }
    try keep(chosen)
    return chosen
  }

  /// The language to use, where nothing is chosen now.
  package func known() -> Language {
    kept ?? Language(environment: ProcessInfo.processInfo.environment) ?? .english
  }

  /// Nil where nothing is kept, or what is there cannot be read.
  private var kept: Language? {
    // That is no reason not to scan.
    guard let bytes = try? FileHandle(forReadingFrom: file).read(upToCount: Self.limit) else { return nil }
    return Language(tag: String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
  }

  private func keep(_ language: Language) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: folder,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
      try Data("\(language.tag)\n".utf8).write(to: file, options: .atomic)
    } catch {
      let facts: [String: Sentence.Fact] = ["file": .text(file.path), "cause": .text(error.localizedDescription)]
      throw DeviceFault.usage(Sentence(.laneLanguageNotKept, facts))
    }
  }
}
