import Configuration
import Foundation
import LanyardDomain
import LanyardServer
import LanyardTexts
import SystemPackage

/// Reads settings, each from its option, the environment, the data folder's file, or its default, in this order; what is no
/// value of a setting is refused by its name.
struct SettingValues {
  private let reader: ConfigReader

  /// - Throws: `CommandFailure` where the file cannot be read, or has a setting that nobody reads, which is a spelling
  ///   mistake.
  init(_ options: ServeOptions, _ folder: DataFolder, environment: [String: String]) async throws {
    try Self.checkNames(folder.settings)
    // Before the readers of JSON, which name neither file nor setting.
    try Self.checkKeys(folder.settings)
    let file: FileProvider<JSONSnapshot>
    do {
      file = try await FileProvider<JSONSnapshot>(filePath: FilePath(folder.settings), allowMissing: true)
    } catch {
      let facts: [String: Sentence.Fact] = [
        "file": .text(folder.settings), "cause": .text(error.localizedDescription),
      ]
      throw CommandFailure.usage(Sentence(.storeUnreadable, facts))
    }
    var given: [AbsoluteConfigKey: ConfigValue] = [:]
    for (setting, text) in options.given {
      given[AbsoluteConfigKey([setting.name])] = ConfigValue(try Self.content(text, of: setting), isSecret: false)
    }
    reader = ConfigReader(providers: [
      InMemoryProvider(values: given),
      EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "lanyard"), file,
    ])
  }

  /// A setting that is text.
  ///
  /// - Parameter fallback: The default, where the setting has it in words.
  func text(_ setting: Setting, default fallback: String? = nil) -> String {
    reader.string(forKey: ConfigKey([setting.name]), default: fallback ?? setting.fallback)
  }

  func number(_ setting: Setting) async throws -> Int {
    let value: Int
    do {
      value = try await reader.fetchInt(forKey: ConfigKey([setting.name])) ?? setting.number.fallback
    } catch {
      throw Self.noWhole(setting)
    }
    guard setting.number.range.contains(value) else { throw Self.wrong(setting, "\(value)", say: setting.range) }
    return value
  }

  /// What is said of a value that is none of the setting's.
  ///
  /// - Parameter form: What values there are.
  static func wrong(_ setting: Setting, _ value: String, say form: Sentence.Fact) -> CommandFailure {
    fault(setting, .settingWrong, ["value": .text(value), "form": form])
  }

  /// What is said of a value with a fault.
  static func atFault(_ setting: Setting, _ error: InvalidInput) -> CommandFailure {
    let fault = error.violations.first.map { Sentence($0.fault) } ?? error.sentence
    return Self.fault(setting, .settingAtFault, ["fault": .sentence(fault)])
  }

  private static func noWhole(_ setting: Setting) -> CommandFailure {
    fault(setting, .settingNoWhole, ["form": setting.range])
  }

  private static func fault(
    _ setting: Setting,
    _ key: Sentence.Key,
    _ facts: [String: Sentence.Fact] = [:]
  ) -> CommandFailure {
    .usage(Sentence(key, facts.merging(["setting": .text(setting.name)]) { $1 }))
  }

  private static func content(_ text: String, of setting: Setting) throws -> ConfigContent {
    guard setting.isNumber else { return .string(text) }
    guard let number = Int(text) else { throw noWhole(setting) }
    return .int(number)
  }

  /// A name that stands twice has two values, of which the readers of JSON take one without a word.
  private static func checkNames(_ path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else { return }
    let names: [String]?
    do throws(InvalidInput) {
      names = try JSONObject.names(in: [UInt8](data))
    } catch {
      throw CommandFailure.usage(
        Sentence(.settingNoJSON, ["file": .text(path), "fault": .sentence(error.sentence)])
      )
    }
    var seen: Set<String> = []
    for name in names ?? [] where !seen.insert(name).inserted {
      throw CommandFailure.usage(Sentence(.settingTwice, ["file": .text(path), "setting": .text(name)]))
    }
  }

  private static func checkKeys(_ path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else { return }
    let file: [String: FileValue]
    do {
      file = try JSONDecoder().decode([String: FileValue].self, from: data)
    } catch {
      throw CommandFailure.usage(Sentence(.settingNoObject, ["file": .text(path)]))
    }
    let known = Dictionary(uniqueKeysWithValues: Setting.allCases.map { ($0.name, $0) })
    for (name, value) in file.sorted(by: { $0.key < $1.key }) {
      guard let setting = known[name] else {
        let facts: [String: Sentence.Fact] = [
          "file": .text(path), "setting": .text(name), "known": .list(known.keys.sorted()),
        ]
        throw CommandFailure.usage(Sentence(.settingUnknown, facts))
      }
      switch (setting.isNumber, value) {
      case (true, .number), (false, .text): continue
      case (true, _): throw ofFile(path, noWhole(setting))
      case (false, _): throw ofFile(path, fault(setting, .settingNoText))
      }
    }
  }

  private static func ofFile(_ path: String, _ failure: CommandFailure) -> CommandFailure {
    .usage(Sentence(.settingOfFile, ["file": .text(path), "fault": .sentence(failure.sentence)]))
  }

  /// The type of a value in the file.
  private enum FileValue: Decodable {
    case text, number, other

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      // A failure to decode is how a value says that it is of another type.
      if (try? value.decode(String.self)) != nil {
        self = .text
      } else {
        // As above.
        self = (try? value.decode(Int.self)) == nil ? .other : .number
      }
    }
  }
}

extension Setting {
  /// What numbers there are, for who gave another.
  fileprivate var range: Sentence.Fact {
    let range = number.range
    return .sentence(Sentence(.settingRange, ["low": .count(range.lowerBound), "high": .count(range.upperBound)]))
  }
}
