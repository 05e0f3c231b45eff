import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Accounts } from './accounts';

function App() {
  const [userId, setUserId] = useState('user_ada');
  const [route, setRoute] = useState('home');
  if (route === 'other') {
    return (
      <button id="to-home" onClick={() => setRoute('home')}>
        Accounts
      </button>
    );
  }
  return (
    <>
      <Accounts userId={userId} />
      <button id="switch-user" onClick={() => setUserId('user_bob')}>
        Second user
      </button>
      <button id="to-other" onClick={() => setRoute('other')}>
        Other page
      </button>
    </>
  );
}

createRoot(document.querySelector('#app') as Element).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
