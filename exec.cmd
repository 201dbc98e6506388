@rem npm start begins with the exec of POSIX shells, so that signals reach the server. Here it runs a command.
@%*
