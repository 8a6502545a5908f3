/// What is wrong with a question of an event or with an answer to one. See `Fault`.
package enum QuestionFault: Hashable, Sendable {
  /// is no question of this event; it asks: {known}
  case unknown(known: [String])
  /// is not answered; answer it
  case unanswered
  /// is not given, and nobody registers without it; say yes
  case consentNeeded
  /// is not a number; write one in digits, such as 3 or 2.5
  case noNumber
  /// has no place left for {choice}; choose another
  case choiceFull(choice: String)
  /// is empty, and the question is to choose from something; list the choices
  case noChoices
  /// goes with no question of this kind; leave it out
  case choicesBeside
  /// names no question before this one that is answered by choosing: "{question}"; {advice}
  case notBefore(question: String, NearestName.Advice)
  /// names no answer to {question}: "{text}"; {advice}
  case noAnswer(text: String, question: String, NearestName.Advice)
  /// differs, and people have answered; delete this question, and ask another
  case answered
  /// is another question's of this event; write another
  case taken
  /// is what the question {question} goes by; change that one first
  case goneBy(question: String)
}
