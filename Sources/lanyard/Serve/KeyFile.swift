import BadgeCodes
import Foundation
import Glibc
import LanyardDomain
import LanyardMail
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
    try secret(of: path == asked ? passphrase() : content(path, folder, of: .badgeKeyFile, .settingKeyFileInside), path)
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

  /// The password that the first line of a file is.
  ///
  /// - Throws: `CommandFailure` where it lies in the data folder, others may read it, or it has none.
  static func password(_ path: String, _ folder: DataFolder) throws -> MailPassword {
    let setting = Setting.mailPasswordFile
    let content = try content(path, folder, of: setting, .mailSettingInside)
    let line = content.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard let text = String(bytes: line, encoding: .utf8), !text.isEmpty else {
      throw failure(.mailSettingEmpty, path, of: setting)
    }
    return MailPassword(text)
  }

  /// - Parameter inside: What is said of one that lies in the data folder.
  private static func content(
    _ path: String,
    _ folder: DataFolder,
    of setting: Setting,
    _ inside: Sentence.Key
  ) throws -> Data {
    let url = URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL
    let data = URL(filePath: folder.path).resolvingSymlinksInPath().standardizedFileURL
    guard !url.path.hasPrefix("\(data.path)/") else {
      throw failure(inside, path, ["folder": .text(folder.path)], of: setting)
    }
    do {
      let mode = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int ?? 0
      guard mode & 0o007 == 0 else { throw failure(.settingKeyFileOpen, path, of: setting) }
      let file = try FileHandle(forReadingFrom: url)
      // It was only read.
      defer { try? file.close() }
      return try file.read(upToCount: KeySecret.lengths.upperBound + 3) ?? Data()
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw failure(.settingKeyFileUnread, path, ["cause": .text(error.localizedDescription)], of: setting)
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
    _ facts: [String: Sentence.Fact] = [:],
    of setting: Setting = .badgeKeyFile
  ) -> CommandFailure {
    let names: [String: Sentence.Fact] = ["setting": .text(setting.name), "file": .text(path)]
    return .usage(Sentence(key, facts.merging(names) { $1 }))
  }
}
