package import LanyardCertificates
package import LanyardTexts

extension FileFault: SpokenError {
  package var sentence: Sentence {
    Sentence(.enrolCannotWrite, ["file": .text(path), "cause": .text(cause)])
  }
}
