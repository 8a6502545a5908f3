package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_UpdateRegistrationRequest {
  /// Asks for the change of these fields, to what a form says.
  ///
  /// - Parameters:
  ///   - name: Of the registration.
  ///   - etag: Which it must still have.
  package init(_ form: RegistrationForm, changing fields: [RegistrationField], of name: String, etag: String) {
    self.init()
    registration = Lanyard_V1_Registration(form)
    (registration.name, registration.etag) = (name, etag)
    updateMask = .init(of: fields)
  }
}

extension RegistrationChange {
  /// The changes that the mask of a request names, which keep the rules of the event; all that who registers may send where it
  /// has none.
  ///
  /// - Throws: `InvalidInput`.
  package init(_ request: Lanyard_V1_UpdateRegistrationRequest, for event: Event) throws(InvalidInput) {
    let fields = try Set(request.updateMask.fields(of: RegistrationField.self, emptyMeansAll: true))
    do throws(InvalidInput) {
      let form = try request.registration.form(under: "")
      try self.init(of: RegistrationField.allCases.filter(fields.contains), form, for: event)
    } catch {
      throw InvalidInput(error.violations.map { $0.under("registration") })
    }
  }
}
