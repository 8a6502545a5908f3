/// An error whose reader is told a sentence, in a language of theirs.
package protocol SpokenError: Error {
  /// What is wrong and what to do.
  var sentence: Sentence { get }
  /// Whether asking otherwise helps, as where a name is none of those that there are; else something failed.
  var isWrongUse: Bool { get }
  /// Whether it is an answer: what was asked for is not there, or not for who asks.
  var isAnswer: Bool { get }
}

extension SpokenError {
  package var isWrongUse: Bool { false }
  package var isAnswer: Bool { false }
}

extension Sentence {
  /// What is told of an error of which nothing else is known than what the program calls it; it stands after a colon.
  package static func unexpected(_ error: any Error) -> Sentence {
    Sentence(.toldUnexpected, ["error": .text("\(error)")])
  }

  /// Words that are made already, as those of a server, a system or a file.
  package static func told(_ words: String) -> Sentence { Sentence(.toldWords, ["words": .text(words)]) }
}
