import Foundation
import LanyardDomain
import LanyardTexts
import LanyardYAML

extension Scenario {
  /// The files of the folder Scenarios, by name.
  private static let files: [String: [UInt8]] = [
    "bad-morning": PackageResources.bad_morning_yaml,
    "capacity": PackageResources.capacity_yaml,
    "opening-morning": PackageResources.opening_morning_yaml,
    "peak": PackageResources.peak_yaml,
    "registration-rush": PackageResources.registration_rush_yaml,
    "session-change": PackageResources.session_change_yaml,
    "smoke": PackageResources.smoke_yaml,
    "soak": PackageResources.soak_yaml,
  ]

  /// Names of the scenarios that come with Lanyard, in the order of the alphabet.
  package static var delivered: [String] { files.keys.sorted() }

  /// The text of a scenario that comes with Lanyard, to make another one from; nil where none has that name.
  package static func text(ofDelivered name: String) -> String? {
    files[name].map { String(decoding: $0, as: UTF8.self) }
  }

  /// The scenario that comes with Lanyard under that name, or the one of the file with that path.
  package static func named(_ name: String) throws(ScenarioFaults) -> Scenario {
    if let text = text(ofDelivered: name) { return try Scenario(yaml: text, name: name) }
    // A file's path has a folder or an ending.
    if name.contains("/") || name.contains(".") { return try Scenario(file: URL(filePath: name)) }
    let facts: [String: Sentence.Fact] = [
      "advice": .sentence(Sentence(NearestName.advice(for: name, known: delivered))),
      "file": .text("./\(YAMLValue.shown(name)).yaml"),
    ]
    let reason = Sentence(.scenarioNotDelivered, facts)
    throw ScenarioFaults(scenario: name, faults: [.init(line: nil, path: "", reason: reason)], unlisted: 0)
  }
}
