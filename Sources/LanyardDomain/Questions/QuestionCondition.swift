/// Of whom a question is asked. What is empty does not narrow it.
package struct QuestionCondition: Hashable, Sendable, Codable {
  /// What was answered to another question, which is asked before.
  package struct Earlier: Hashable, Sendable, Codable {
    /// Its id.
    package let question: String
    /// Answers of which one is enough: ids of choices, or `yes` and `no`.
    package let values: [String]

    package init(question: String, values: [String]) { (self.question, self.values) = (question, values) }
  }

  /// The most answers, and the most values of each.
  package static let limit = 50

  /// By their ids. Who is of one of these groups, or has one of the roles, is asked.
  package var groups: [String] = []
  /// By their ids.
  package var roles: [String] = []
  package var participations: [Participation] = []
  /// Each of which is to hold.
  package var answers: [Earlier] = []

  package init() {}

  /// Whether the question is asked of everybody.
  package var isEmpty: Bool { self == QuestionCondition() }

  /// Whether it is asked of who gave these answers to the questions before it.
  package func holds(for details: RegistrationDetails, answers given: [String: String]) -> Bool {
    let isOfGroup =
      groups.isEmpty && roles.isEmpty || groups.contains(details.stakeholderGroup)
      || !details.guestRole.isEmpty && roles.contains(details.guestRole)
    guard isOfGroup, participations.isEmpty || participations.contains(details.participation) else { return false }
    return answers.allSatisfy { earlier in
      let chosen = (given[earlier.question] ?? "").split(separator: " ").map(String.init)
      return chosen.contains(where: earlier.values.contains)
    }
  }
}
