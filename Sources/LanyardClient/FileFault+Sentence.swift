package import LanyardCertificates
package import LanyardTexts

extension FileFault: SpokenError {
  package var sentence: Sentence {
    Sentence(.enrolCannotWrite, ["file": .text(path), "cause": .text(cause)])
  }

  /// Another path may be named, or room made for this one.
  package var isWrongUse: Bool { true }
}
