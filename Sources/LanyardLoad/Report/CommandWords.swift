/// A command as it can be typed into a shell again, without what is secret in it.
package enum CommandWords {
  /// Options whose value nobody else may read.
  private static let secrets: Set<String> = ["--token"]
  /// What needs no quotes.
  private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=,+@%")

  /// - Parameter words: The program's name and its arguments.
  package static func line(_ words: [String]) -> String {
    var (line, isSecret) = ([String](), false)
    for word in words {
      if isSecret {
        line.append("TOKEN")
      } else if let option = secrets.first(where: { word.hasPrefix($0 + "=") }) {
        line.append(option + "=TOKEN")
      } else {
        line.append(quoted(word))
      }
      isSecret = !isSecret && secrets.contains(word)
    }
    return line.joined(separator: " ")
  }

  private static func quoted(_ word: String) -> String {
    if !word.isEmpty, word.allSatisfy(plain.contains) { return word }
    return "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
