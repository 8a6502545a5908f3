import LanyardDomain

extension Sentence {
  /// What is wrong with a question of an event, or an answer to one.
  init(_ fault: QuestionFault) {
    switch fault {
    case .unknown(let known): self.init(.faultUnknownQuestion, ["known": .list(known)])
    case .unanswered: self.init(.faultUnanswered)
    case .consentNeeded: self.init(.faultConsentNeeded)
    case .noNumber: self.init(.faultNoNumber)
    case .choiceFull(let choice): self.init(.faultChoiceFull, ["choice": .text(choice)])
    case .noChoices: self.init(.faultNoChoices)
    case .choicesBeside: self.init(.faultChoicesBeside)
    case .notBefore(let question, let advice):
      self.init(.faultQuestionNotBefore, ["question": .text(question), "advice": .sentence(Sentence(advice))])
    case .noAnswer(let text, let question, let advice):
      self.init(
        .faultNoAnswerOf,
        ["text": .text(text), "question": .text(question), "advice": .sentence(Sentence(advice))]
      )
    case .answered: self.init(.faultAnswered)
    case .taken: self.init(.faultQuestionTaken)
    case .goneBy(let question): self.init(.faultGoneBy, ["question": .text(question)])
    }
  }
}
