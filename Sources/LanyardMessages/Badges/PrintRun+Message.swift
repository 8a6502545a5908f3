package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_PrintRun {
  package init(_ run: PrintRun) {
    self.init()
    name = run.name.description
    createTime = Google_Protobuf_Timestamp(run.createdAt)
    if let printedAt = run.printedAt { printTime = Google_Protobuf_Timestamp(printedAt) }
    badgeCount = Int32(clamping: run.count)
    printedBefore = Int32(clamping: run.printedBefore)
    actor = run.actorName?.description ?? ""
    design = run.look.design.rawValue
    if let sheet = run.look.sheet { self.sheet = sheet.wire }
  }
}

extension PrintRun {
  /// - Throws: `InvalidInput` where any of it is not known to this version.
  package init(_ message: Lanyard_V1_PrintRun) throws(InvalidInput) {
    let (event, number) = try ResourceName.printRun(message.name, field: "name")
    self.init(
      event: event,
      number: number,
      createdAt: try message.createTime.instant(field: "create_time"),
      printedAt: message.hasPrintTime ? try message.printTime.instant(field: "print_time") : nil,
      count: Int(message.badgeCount),
      actor: try Self.actor(message.actor),
      look: PrintLook(try Self.design(message.design), on: try .stated(message.sheet, field: "sheet"))
    )
    printedBefore = Int(message.printedBefore)
  }

  private static func design(_ word: String) throws(InvalidInput) -> PrintDesign {
    guard let design = PrintDesign(rawValue: word) else {
      let known = BadgeDesignName.allCases.map(PrintDesign.delivered) + [.file]
      throw InvalidInput(field: "design", .notStated(known: known.map(\.rawValue).joined(separator: ", ")))
    }
    return design
  }

  /// Only tokens, who signed in with them, and devices may print.
  private static func actor(_ name: String) throws(InvalidInput) -> Act.Actor {
    switch ResourceName(name) {
    case .token(let id)?: .token(id)
    case .signIn(let id, let token)?: .signIn(id, of: token)
    case .device(let id, _)?: .device(id)
    default: throw InvalidInput(field: "actor", .otherResourceName(form: ResourceName.token("{token}").description))
    }
  }
}

extension PrintRun {
  /// Nil where neither a token nor a device asked for it.
  fileprivate var actorName: ResourceName? {
    switch actor {
    case .token(let id): .token(id)
    case .signIn(let id, let token): .signIn(id, of: token)
    case .device(let id): .device(id, of: event)
    case .participant, .nobody, .system: nil
    }
  }
}
