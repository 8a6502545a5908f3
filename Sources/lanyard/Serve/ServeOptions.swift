import ArgumentParser
import LanyardServer

/// The settings of `lanyard serve` as its command line has them: each has an option. A wrong value is refused with those from
/// other places.
struct ServeOptions: ParsableArguments, CustomReflectable {
  private let options: [(setting: Setting, option: Option<String?>)]

  init() {
    options = Setting.allCases.map { setting in
      (setting, Option(name: .customLong(setting.name), help: ArgumentHelp(setting.optionHelp)))
    }
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    options = try Setting.allCases.map { setting in
      (setting, try values.decode(Option<String?>.self, forKey: Key(stringValue: setting.name)))
    }
  }

  /// The parser looks for options among what a value of the type consists of.
  var customMirror: Mirror {
    Mirror(self, children: options.map { (label: $0.setting.name, value: $0.option as Any) })
  }

  /// The settings whose options were given, with what was given.
  var given: [Setting: String] {
    Dictionary(options.compactMap { setting, option in option.wrappedValue.map { (setting, $0) } }) { $1 }
  }

  /// The name of a setting.
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
