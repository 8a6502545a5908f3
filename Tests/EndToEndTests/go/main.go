// A lane in Go, with the client as it comes: its window sizes are not set, so it sends a PING with the data that it
// receives. It scans on one stream and says what came of it; `flood` sends PINGs that nothing asked for.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"
)

func main() {
	server := flag.String("server", "", "HOST:PORT")
	authority := flag.String("ca", "", "PEM file of the authority")
	token := flag.String("token", "", "bearer token")
	checkpoint := flag.String("checkpoint", "", "resource name of the lane's checkpoint")
	scans := flag.Int("scans", 0, "how many scans to send")
	reports := flag.Int("reports", 0, "how many reports to send after them, each when the one before was answered")
	pace := flag.Duration("pace", 0, "from one scan to the next; 0 sends each when the one before was answered")
	flood := flag.Bool("flood", false, "send PINGs instead, without a credential")
	flag.Parse()

	began := time.Now()
	var said string
	var err error
	if *flood {
		said, err = sendPings(*server, *authority)
	} else {
		said, err = scan(*server, *authority, *token, *checkpoint, *scans, *reports, *pace)
	}
	if err != nil {
		fmt.Printf("failed after %.1f s: %v\n", time.Since(began).Seconds(), err)
		os.Exit(1)
	}
	fmt.Println(said)
}
