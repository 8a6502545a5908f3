import ArgumentParser
import Foundation
import LanyardDomain
import LanyardTexts

/// What is wrong with the options of a command that the library takes without a word: of several values of an option that takes
/// one it keeps the last, an empty one is a value to it, and so is a day whose time stands behind a blank.
struct OptionCheck {
  /// An option that takes a value.
  private struct Option {
    let takesSeveral: Bool
    let mayBeEmpty: Bool
    /// As it is called first.
    let name: String
  }

  /// By what follows `--` on the command line.
  private let options: [String: Option]

  /// - Parameter command: With its default one, where it has one.
  init(_ command: any ParsableCommand.Type) throws {
    var options: [String: Option] = [:]
    for command in [command, command.configuration.defaultSubcommand].compactMap(\.self) {
      let empty = (command as? any TakesEmptyTexts.Type)?.mayBeEmpty ?? []
      let told = try JSONDecoder().decode(Told.self, from: Data(command._dumpHelp().utf8))
      for argument in told.command.arguments ?? [] where argument.kind == "option" {
        let names = (argument.names ?? []).map(\.name)
        guard let first = names.first else { continue }
        let option = Option(
          takesSeveral: argument.isRepeating,
          // Commands say themselves what is wrong with a path.
          mayBeEmpty: argument.isPath || !empty.isDisjoint(with: names),
          name: first
        )
        for name in names { options[name] = option }
      }
    }
    self.options = options
  }

  /// What is wrong with arguments; nil where nothing is, or it is something else.
  func fault(in arguments: [String]) -> Sentence? {
    var said: Set<String> = []
    var rest = arguments.prefix { $0 != "--" }
    while let word = rest.popFirst() {
      guard word.hasPrefix("--") else { continue }
      let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
        String.init
      )
      guard let option = options[parts[0]] else { continue }
      var value = parts.count > 1 ? parts[1] : nil
      if value == nil, let next = rest.first, !next.hasPrefix("-") || next == "-" { value = rest.popFirst() }
      let facts: [String: Sentence.Fact] = ["option": .text("--\(option.name)")]
      if !option.takesSeveral, !said.insert(option.name).inserted { return Sentence(.optionTwice, facts) }
      if value == "", !option.mayBeEmpty { return Sentence(.optionEmptyValue, facts) }
      if let value, LocalDate(value) != nil, let time = rest.first, Self.isTime(time) {
        return Sentence(.optionTimeApart, facts.merging(["day": .text(value), "time": .text(time)]) { $1 })
      }
    }
    return nil
  }

  /// Whether a word is a time of day.
  private static func isTime(_ word: String) -> Bool { word.wholeMatch(of: /[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?/) != nil }

  /// What is wrong with the arguments of a command, as they follow the program's name.
  static func fault(in arguments: [String], of command: any ParsableCommand.Type) throws -> Sentence? {
    // Most say each option once and with a value, which is seen without asking what there is.
    var names: Set<Substring> = []
    let isSuspect = arguments.contains { word in
      word.isEmpty || isTime(word)
        || word.hasPrefix("--") && (word.hasSuffix("=") || !names.insert(word.prefix { $0 != "=" }).inserted)
    }
    return isSuspect ? try OptionCheck(command).fault(in: arguments) : nil
  }

  /// What the library says of a command.
  private struct Told: Decodable {
    struct Command: Decodable {
      let arguments: [Argument]?
    }

    struct Argument: Decodable {
      struct Name: Decodable {
        let name: String
      }

      /// How a value is completed.
      enum Completion: String, CodingKey {
        case file, directory
      }

      let kind: String
      let isRepeating: Bool
      let names: [Name]?
      /// Whether its value is a path.
      let isPath: Bool

      enum Key: String, CodingKey {
        case kind, isRepeating, names, completionKind
      }

      init(from decoder: any Decoder) throws {
        let told = try decoder.container(keyedBy: Key.self)
        kind = try told.decode(String.self, forKey: .kind)
        isRepeating = try told.decode(Bool.self, forKey: .isRepeating)
        names = try told.decodeIfPresent([Name].self, forKey: .names)
        isPath =
          try told.contains(.completionKind)
          && !told.nestedContainer(keyedBy: Completion.self, forKey: .completionKind).allKeys.isEmpty
      }
    }

    let command: Command
  }
}

/// A command with options that take a text away where it is empty.
protocol TakesEmptyTexts {
  /// The names of these, without hyphens before them.
  static var mayBeEmpty: Set<String> { get }
}
