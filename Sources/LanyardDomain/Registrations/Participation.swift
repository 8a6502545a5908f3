/// How a person takes part.
package enum Participation: String, Sendable, Codable, CaseIterable {
  case onsite = "ONSITE"
  case remote = "REMOTE"
}
