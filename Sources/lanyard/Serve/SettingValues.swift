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
    let file: FileProvider<JSONSnapshot>
    do {
      file = try await FileProvider<JSONSnapshot>(filePath: FilePath(folder.settings), allowMissing: true)
    } catch {
      throw CommandFailure.usage("lanyard: \(folder.settings) cannot be read: \(error.localizedDescription)")
    }
    try Self.checkKeys(folder.settings)
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
      throw Self.fault(setting, "is not a whole number; say \(setting.form)")
    }
    guard setting.number.range.contains(value) else { throw Self.wrong(setting, "\(value)") }
    return value
  }

  /// What is said of a value that is none of the setting's.
  static func wrong(_ setting: Setting, _ value: String) -> CommandFailure {
    fault(setting, "is \(value); say \(setting.form)")
  }

  private static func fault(_ setting: Setting, _ reason: String) -> CommandFailure {
    .usage("lanyard: the setting \(setting.name) \(reason)")
  }

  private static func content(_ text: String, of setting: Setting) throws -> ConfigContent {
    guard setting.isNumber else { return .string(text) }
    guard let number = Int(text) else { throw fault(setting, "is not a whole number; say \(setting.form)") }
    return .int(number)
  }

  /// A name that stands twice has two values, of which the readers of JSON take one without a word.
  private static func checkNames(_ path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else { return }
    let names: [String]?
    do throws(InvalidInput) {
      names = try JSONObject.names(in: [UInt8](data))
    } catch {
      let faults = error.violations.map { "\($0.field): \($0.reason(in: .english))" }.joined(separator: "; ")
      throw CommandFailure.usage("lanyard: \(path) cannot be read as JSON: \(faults)")
    }
    var seen: Set<String> = []
    for name in names ?? [] where !seen.insert(name).inserted {
      throw CommandFailure.usage("lanyard: \(path) has the setting \(name) twice; keep one")
    }
  }

  private static func checkKeys(_ path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else { return }
    let file: [String: FileValue]
    do {
      file = try JSONDecoder().decode([String: FileValue].self, from: data)
    } catch {
      throw CommandFailure.usage("lanyard: \(path) is not one JSON object of settings")
    }
    let known = Dictionary(uniqueKeysWithValues: Setting.all.map { ($0.name, $0) })
    for (name, value) in file.sorted(by: { $0.key < $1.key }) {
      guard let setting = known[name] else {
        throw CommandFailure.usage(
          "lanyard: \(path) has the unknown setting \(name); known are: \(known.keys.sorted().joined(separator: ", "))"
        )
      }
      switch (setting.isNumber, value) {
      case (true, .number), (false, .text): continue
      case (true, _): throw fault(setting, "is not a whole number; say \(setting.form)")
      case (false, _): throw fault(setting, "is no text; put it in quotes")
      }
    }
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
