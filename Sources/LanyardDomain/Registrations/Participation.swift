/// How a person takes part.
package enum Participation: String, Spelled, Codable {
  case onsite = "ONSITE"
  case remote = "REMOTE"
}
