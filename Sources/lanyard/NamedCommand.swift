import ArgumentParser
import LanyardDomain
import LanyardTexts

/// The command that arguments name.
struct NamedCommand {
  /// From the program itself down to the command.
  private(set) var path: [any ParsableCommand.Type]
  /// The word that should name a command and names none; nil where all do.
  private(set) var unknown: String?

  /// - Parameter arguments: As they follow the program's name.
  init(_ arguments: [String], of root: any ParsableCommand.Type) {
    path = [root]
    let words = arguments.first == "help" ? arguments.dropFirst() : arguments[...]
    for word in words {
      guard !command.configuration.subcommands.isEmpty, !word.hasPrefix("-") else { return }
      guard let next = command.configuration.subcommands.first(where: { $0.isCalled(word) }) else {
        unknown = word
        return
      }
      path.append(next)
    }
  }

  /// The last that is known.
  var command: any ParsableCommand.Type { path[path.count - 1] }

  /// How it is typed.
  var text: String { path.map { $0._commandName }.joined(separator: " ") }

  /// What to say of the word that names none; nil where there is no such word.
  var fault: Sentence? {
    guard let unknown else { return nil }
    let known = command.configuration.subcommands.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
    if case .meant(let name) = NearestName.advice(for: unknown, known: known) {
      return Sentence(.optionCommandMeant, ["word": .text(unknown), "command": .text("\(text) \(name)")])
    }
    let facts: [String: Sentence.Fact] = [
      "word": .text(unknown), "commands": .list(known), "help": .text("\(text) --help"),
    ]
    return Sentence(.optionCommandUnknown, facts)
  }
}

extension ParsableCommand {
  fileprivate static func isCalled(_ word: String) -> Bool {
    _commandName == word || configuration.aliases.contains(word)
  }
}
