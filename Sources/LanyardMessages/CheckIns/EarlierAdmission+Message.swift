package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_CheckIn.Earlier {
  /// - Parameter event: Slug of the event.
  init(_ admission: RecordedScan.Earlier, of event: String) {
    self.init()
    admitTime = Google_Protobuf_Timestamp(admission.admittedAt)
    checkpoint = ResourceName.checkpoint(admission.checkpoint, of: event).description
    checkpointDisplayName = admission.displayName
  }
}

extension RecordedScan.Earlier {
  /// The admission that an answer names; nil where it names none.
  ///
  /// - Throws: `InvalidInput` where its moment, or the name of its checkpoint, is none.
  package init?(of checkIn: Lanyard_V1_CheckIn) throws(InvalidInput) {
    guard checkIn.hasEarlier else { return nil }
    let message = checkIn.earlier
    self.init(
      checkpoint: try ResourceName.checkpoint(message.checkpoint, field: "earlier.checkpoint").checkpoint,
      displayName: message.checkpointDisplayName,
      admittedAt: try message.admitTime.instant(field: "earlier.admit_time")
    )
  }
}
