import ArgumentParser
import Foundation
import LanyardDomain
import LanyardTexts

/// The language of a lane's operators: chosen once, kept in the folder of the device.
struct LaneLanguage {
  /// The most bytes of the file that are read.
  private static let limit = 100

  /// The folder of the device, or of the lanes without one.
  let folder: String

  private var file: URL { URL(fileURLWithPath: folder, isDirectory: true).appendingPathComponent("language") }

  /// The language to use: the one chosen now, which is kept, else the one kept before, else the system's, else English.
  ///
  /// - Throws: `CommandFailure` where the choice cannot be kept.
  func settle(
    on chosen: Language?,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> Language {
    if let chosen {
      try keep(chosen)
      return chosen
    }
    return known(environment)
  }

  /// Does something; where it fails, that is said in a language.
  ///
  /// - Throws: The `ExitStatus` that follows, when all is said.
  static func saying(in language: Language, _ body: () async throws -> Void) async throws {
    do { try await body() } catch { throw Lanyard.report(error, in: language) }
  }

  /// The language to use, where nothing is chosen now.
  func known(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> Language {
    kept ?? Language(environment: environment) ?? .english
  }

  /// Nil where nothing is kept, or what is there cannot be read: no reason not to scan.
  private var kept: Language? {
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
      throw CommandFailure.usage(Sentence(.laneLanguageNotKept, facts))
    }
  }
}

extension Language: ExpressibleByArgument {
  /// - Parameter argument: A tag; its region does not matter.
  package init?(argument: String) {
    self.init(tag: argument)
  }
}
