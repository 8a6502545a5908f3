/// Why a page is not shown, where it is not the service that says so.
enum PortalFault: Error {
  /// There is no such page, or no such event.
  case notFound
  /// A form came back that was not given to this browser, or so long ago that the browser has forgotten it.
  case staleForm(event: String)
  /// Nobody is signed in to this event, or no more.
  case signedOut(event: String)
  /// Nobody of the house is signed in, or no more.
  case notSignedIn(to: String)
  /// Who is signed in has no part in it.
  case notForRole
}
