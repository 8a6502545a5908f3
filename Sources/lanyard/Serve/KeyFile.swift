import BadgeCodes
import Foundation
import Glibc
import LanyardDomain
import LanyardServer
import LanyardTexts

/// The file of `Setting.badgeKeyFile`.
enum KeyFile {
  /// Stands for the terminal, at which a passphrase is asked for.
  private static let asked = "-"

  /// The secret that a path leads to.
  ///
  /// - Throws: `CommandFailure` where it lies in the data folder, others may read it, or it is too short or too long.
  static func secret(_ path: String, _ folder: DataFolder) throws -> KeySecret {
    try secret(of: path == asked ? passphrase() : content(path, folder), path)
  }

  private static func secret(of content: Data, _ path: String) throws -> KeySecret {
    // An editor ends a passphrase with a line of its own; of random bytes as many are left.
    let lines = Set("\r\n".utf8)
    guard let secret = KeySecret(Array(content.reversed().drop(while: lines.contains).reversed())) else {
      throw failure(
        .settingKeyFileLength,
        path,
        ["low": .count(KeySecret.lengths.lowerBound), "high": .count(KeySecret.lengths.upperBound)]
      )
    }
    return secret
  }

  private static func content(_ path: String, _ folder: DataFolder) throws -> Data {
    let url = URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL
    let data = URL(filePath: folder.path).resolvingSymlinksInPath().standardizedFileURL
    guard !url.path.hasPrefix("\(data.path)/") else {
      throw failure(.settingKeyFileInside, path, ["folder": .text(folder.path)])
    }
    do {
      let mode = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int ?? 0
      guard mode & 0o007 == 0 else { throw failure(.settingKeyFileOpen, path) }
      let file = try FileHandle(forReadingFrom: url)
      // It was only read.
      defer { try? file.close() }
      return try file.read(upToCount: KeySecret.lengths.upperBound + 3) ?? Data()
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw failure(.settingKeyFileUnread, path, ["cause": .text(error.localizedDescription)])
    }
  }

  /// Asked for at the terminal, where it is not shown; else the first line of standard input.
  private static func passphrase() throws -> Data {
    guard let line = getpass(Phrasebook.ofSystem.text(.settingKeyAsked) + " ") else {
      throw failure(.settingKeyFileUnread, asked, ["cause": .text(String(cString: strerror(errno)))])
    }
    return Data(String(cString: line).utf8)
  }

  private static func failure(
    _ key: Sentence.Key,
    _ path: String,
    _ facts: [String: Sentence.Fact] = [:]
  ) -> CommandFailure {
    let names: [String: Sentence.Fact] = ["setting": .text(Setting.badgeKeyFile.name), "file": .text(path)]
    return .usage(Sentence(key, facts.merging(names) { $1 }))
  }
}
