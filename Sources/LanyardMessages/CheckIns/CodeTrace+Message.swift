package import LanyardAPI
package import LanyardDomain

extension Lanyard_V1_CodeTrace {
  package init(_ trace: CodeTrace) {
    self.init()
    switch trace {
    case .code(let serial, let event): (self.serial, self.event) = (serial.description, event)
    case .text(let beginning, let length): (self.beginning, self.length) = (beginning, Int32(clamping: length))
    case .withheld(let code):
      withheld = code.wire
      // For who does not know the field.
      beginning = code.rawValue
    }
  }
}

extension CodeTrace {
  /// - Throws: `InvalidInput` where it says nothing that this version knows.
  package init(_ message: Lanyard_V1_CodeTrace, field: String) throws(InvalidInput) {
    if let code = try WithheldCode.stated(message.withheld, field: "\(field).withheld") {
      self = .withheld(code)
    } else if !message.serial.isEmpty {
      guard let serial = BadgeSerial(message.serial) else {
        throw InvalidInput(field: "\(field).serial", .otherResourceName(form: "0123456789abcdef"))
      }
      self = .code(serial: serial, event: message.event)
    } else if message.length == 0, let code = WithheldCode(rawValue: message.beginning) {
      // As servers say it that do not know the field.
      self = .withheld(code)
    } else {
      guard message.length >= 0 else { throw InvalidInput(field: "\(field).length", .isNegative) }
      self = .text(beginning: message.beginning, length: Int(message.length))
    }
  }
}

extension WithheldCode: WireValue {
  package static let wirePrefix = "WITHHELD_"

  package var wire: Lanyard_V1_CodeTrace.Withheld {
    switch self {
    case .webAddress: .webAddress
    case .tooLong: .tooLong
    case .erased: .erased
    }
  }
}

extension Lanyard_V1_CodeTrace.Withheld: WireEnum {
  package typealias Value = WithheldCode
}
