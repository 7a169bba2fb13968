// What a part calls when the server no longer knows the operator: the sign-in page comes back.
import { createContext } from 'react'

export const SessionOver = createContext<() => void>(() => {})
