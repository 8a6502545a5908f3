package import LanyardAPI
package import LanyardDomain

extension Lanyard_V1_CodeTrace {
  package init(_ trace: CodeTrace) {
    self.init()
    switch trace {
    case .code(let serial, let event): (self.serial, self.event) = (serial.description, event)
    case .text(let beginning, let length): (self.beginning, self.length) = (beginning, Int32(clamping: length))
    case .withheld(let word): beginning = word.rawValue
    }
  }
}
