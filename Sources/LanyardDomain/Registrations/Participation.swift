/// How a person takes part.
package enum Participation: String, Worded, Codable {
  case onsite = "ONSITE"
  case remote = "REMOTE"
}
