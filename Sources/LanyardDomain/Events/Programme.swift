package struct Programme: Sendable { package var events: [ProgrammeEvent] }
package struct ProgrammeEvent: Sendable { package var event: Event; package var sessions: [Session]; package var checkpoints: [Checkpoint] }
extension Programme { package static func reading(_ document: [UInt8]) throws(InvalidInput) -> Programme { Programme(events: []) } }
