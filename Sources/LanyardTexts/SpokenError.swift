/// An error whose reader is told a sentence, in a language of theirs.
package protocol SpokenError: Error {
  /// What is wrong and what to do.
  var sentence: Sentence { get }
}

extension Sentence {
  /// Words that are made already, as those of a server, a system or a file.
  package static func told(_ words: String) -> Sentence { Sentence(.toldWords, ["words": .text(words)]) }
}
