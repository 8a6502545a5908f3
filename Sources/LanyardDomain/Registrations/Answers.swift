/// What somebody answered to an event's questions. It is no part of who they are, and other questions may come with other
/// events; so each answer lies by itself, under the question's name, and is erased with the person.
package struct Answers: Hashable, Sendable {
  package var accessibilityNeeds = ""
  package var photoConsent = false
  /// To the event's own questions, by their ids; an answer that is none is not there.
  package var own: [String: String] = [:]

  /// Nothing was answered.
  package init() {}

  /// An answer as text; empty where there is none.
  package subscript(question: Question) -> String {
    switch question {
    case .accessibilityNeeds: accessibilityNeeds
    case .photoConsent: photoConsent ? Question.yes : ""
    }
  }

  /// Takes an answer as text.
  ///
  /// - Returns: What is wrong with it; nil where nothing is.
  package mutating func take(_ text: String, to question: Question) -> Fault? {
    switch question {
    case .accessibilityNeeds: accessibilityNeeds = text
    case .photoConsent:
      // Spreadsheets write their own truth in capitals.
      switch text.lowercased() {
      case Question.yes, "true": photoConsent = true
      case "no", "false", "": photoConsent = false
      default: return .table(.noYesOrNo)
      }
    }
    return nil
  }
}

/// The questions that are asked beside who somebody is. The raw value is the name everywhere.
package enum Question: String, Sendable, CaseIterable {
  case accessibilityNeeds = "accessibility_needs"
  case photoConsent = "photo_consent"

  /// The most characters of an answer that is a text.
  package static let textLimit = 500
  static let yes = "yes"
}
