/// An operator's decision to let somebody in against a refusal, or word that somebody went out without a scan.
package struct OverrideNote: Hashable, Sendable {
  /// The most characters of a note on a scan, whether it overrides a refusal or takes the scan back.
  package static let noteLimit = 200
  /// The most characters of the operator's name.
  package static let operatorLimit = 100

  /// What stands in place of the note in a scan that waits on a device, of somebody who was erased meanwhile: a sign that nobody
  /// types, since a note must say something.
  package static let erased = OverrideNote(keeping: "", operatorName: "")

  package let note: String
  /// Name or initials of the operator, as they gave them.
  package let operatorName: String

  package init(note: String, operatorName: String) {
    self.note = note
    self.operatorName = operatorName
  }
}
