import ArgumentParser
import LanyardDomain
import LanyardTexts

/// What `--answer` says: the id of a question, an equals sign, and the answer, which is taken away where it is empty.
struct OwnAnswer: Hashable, Sendable {
  let question: String
  let text: String

  init(_ argument: String) throws {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, ResourceID.isValid(String(parts[0])) else {
      throw ValidationError("--answer", Sentence(.optionAnswer, ["value": .text(argument)]))
    }
    (question, text) = (String(parts[0]), String(parts[1]))
  }
}
