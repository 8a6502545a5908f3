/// The help that the library writes, put in the order in which it is read: what a command does first, how it finds its
/// server last.
enum HelpText {
  /// Title of the options that say how a server is found.
  static let connection = "Connection"

  private static let connectionHead = "\(connection.uppercased()):"
  /// Those options, as a line of usage has them.
  private static let connectionUsage = [
    " [--data <data>]", " [--server <server>]", " [--token <token>]", " [--ca <ca>]", " [--device <folder>]",
    " [--verbose]",
  ]

  /// The help, or a message with a line of usage in it, with the connection options at the end and in one word of the usage.
  static func arranged(_ text: String) -> String {
    var blocks = blocks(of: text)
    if let place = blocks.firstIndex(where: { $0.first == connectionHead }) {
      let connection = blocks.remove(at: place)
      blocks.insert(connection, at: blocks.firstIndex { $0.first == "SUBCOMMANDS:" } ?? blocks.endIndex)
    }
    return blocks.map { $0.map(usage).joined(separator: "\n") }.joined(separator: "\n\n")
  }

  /// The help of a command that has a default one: that of the default, which is what is typed most, then its other
  /// commands.
  ///
  /// - Parameters:
  ///   - own: The help of the command.
  ///   - other: That of its default, whose usage is under `longer`.
  ///   - names: How the command is typed, and how its default.
  static func joined(_ own: String, _ other: String, names: (command: String, longer: String)) -> String {
    let subcommands = blocks(of: own).drop { $0.first != "SUBCOMMANDS:" }
    let shown = blocks(of: arranged(other)).map { block in
      block.map { line in
        line.hasPrefix("USAGE: ") ? line.replacing(names.longer, with: names.command, maxReplacements: 1) : line
      }
    }
    return (shown + subcommands).map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
  }

  /// The parts between empty lines, each by its lines.
  private static func blocks(of text: String) -> [[String]] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.split(separator: "").map(Array.init)
  }

  private static func usage(_ line: String) -> String {
    guard line.hasPrefix("USAGE: ") || line.hasPrefix("Usage: ") else { return line }
    // Commands that work on the data folder itself have its option alone.
    guard line.contains(connectionUsage[1]) else { return line }
    let shorter = connectionUsage.reduce(line) { $0.replacing($1, with: "", maxReplacements: 1) }
    return shorter + " [<connection>]"
  }
}
